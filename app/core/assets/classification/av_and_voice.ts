import { oneOf } from './one_of.js'
import { type Rule } from './rule.js'

/** Cameras, recorders, loudspeakers and telephones. */
export const AV_AND_VOICE: readonly Rule[] = [
  // Axis: the letter before the number is the line; only some of them are cameras.
  {
    os: 'axiscam axisaudio axisdocserver',
    text: /\baxis (?:C\d{4}|audio)|network (?:horn |cabinet |mini )?speaker/i,
    type: 'Media',
  },
  { os: 'axiscam', text: /\baxis I\d{4}|\baxis A8\d{3}|intercom|door station/i, type: 'Phone' },
  { os: 'axiscam', text: /\baxis S\d{4}|\brecorder/i, type: 'NVR' },
  { os: 'axiscam', text: /\baxis T8\d{3}|switch/i, type: 'Switch' },
  {
    os: 'axiscam',
    text: oneOf`
      video (?:en|de)coder | video server | axis (?:[MPQ]7\d{3}|24\d\w*|D1\d{3})`,
    type: 'Media',
  },
  {
    os: 'axiscam',
    text: oneOf`
      axis [ADTWX]\d{4} | connectivity hub | door controller | radar\b | strobe | siren
      body worn`,
    type: 'Unknown',
  },
  { os: 'axiscam', text: /\baxis (?:[FMPQV]\d|2\d\d|companion)|camera|thermal/i, type: 'Camera' },
  { os: 'axiscam', type: 'Camera' },
  {
    os: 'hikvision-cam hikvision-nvr dahua-nvr',
    text: oneOf`
      [ND]VR\b | DS-[789]\d | DHI?-?(?:NVR|XVR|HCVR) | NVR\d | XVR`,
    type: 'NVR',
  },
  { os: 'hikvision-nvr dahua-nvr', text: /\bDS-2\w\w|\bIPC\b|\bIPC-|camera/i, type: 'Camera' },
  { os: 'hikvision-cam hikvision-nvr', text: /\bDS-3E|\bswitch\b/i, type: 'Switch' },
  { os: 'hikvision-cam hikvision-nvr', text: /\bDS-K[DVH]|intercom/i, type: 'Phone' },
  {
    os: 'ipolis vivotek illustra',
    text: /\b[ND]VR\b|\b[HPXWQ]RN-|\b[SN]R[DN]-|\bND\d{4}/i,
    type: 'NVR',
  },
  { os: 'ipolis', text: /\bSPE-|encoder|\bSPD-|decoder/i, type: 'Media' },

  // Voice
  { os: 'elg-ipecs-es', type: 'Switch' },
  { os: 'patton-sn', text: /\bforefront|\bIpRocketLink|\bcopperlink|\bDSL\b/i, type: 'Access' },
  { os: 'teldat oneaccess', type: 'Router' },
  { os: 'msl', text: /\bmivoice|\bmitel (?:border|mbg|micollab)/i, type: 'Phone' },
  { os: 'polycomlens vccodec', type: 'Phone' },
]
