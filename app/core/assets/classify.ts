import { type ClassificationHint, type Claims } from '@laim/sdk'
import { type AssetTypeName } from './asset_type.js'
import { AV_AND_VOICE } from './classification/av_and_voice.js'
import { CAMPUS } from './classification/campus.js'
import { CARRIERS } from './classification/carriers.js'
import { CISCO } from './classification/cisco.js'
import { COMPUTERS } from './classification/computers.js'
import { type Evidence, type Traits, toTraits } from './classification/evidence.js'
import { DISPLAYS } from './classification/displays.js'
import { FACILITY } from './classification/facility.js'
import { LAYERS } from './classification/layers.js'
import { findOperatingSystem } from './classification/operating_system.js'
import { findType, toRuleTable } from './classification/rule.js'
import { SECURITY } from './classification/security.js'
import { SOURCE_TYPES } from './classification/source_types.js'
import { SURE_FACILITY } from './classification/sure_facility.js'
import { SURE_NETWORK } from './classification/sure_network.js'
import { toSureTypes } from './classification/sure_system.js'
import { SURE_SYSTEMS } from './classification/sure_systems.js'
import { WIRELESS } from './classification/wireless.js'
import { WORDS } from './classification/words.js'

/** Systems that run on several kinds of equipment, told apart by model. */
const BY_MODEL = toRuleTable(CISCO, CARRIERS, CAMPUS, WIRELESS, SECURITY, FACILITY, AV_AND_VOICE, DISPLAYS, COMPUTERS)
/** Systems that run on one kind only. */
const BY_SYSTEM = toSureTypes(SURE_NETWORK, SURE_SYSTEMS, SURE_FACILITY)
const BY_WORDS = toRuleTable(WORDS)
const BY_SOURCE = toRuleTable(SOURCE_TYPES)
const BY_LAYERS = toRuleTable(LAYERS)

/**
 * Tells what kind of thing a device is. In this order, first answer wins: the model, where a system runs on several
 * kinds; the system; words in model and description; the source's own category; the layers it works on.
 *
 * `Unknown` where the evidence does not decide: a wrong class is worse than none. Pure, and linear in its input.
 */
export function classify(evidence: Evidence): AssetTypeName {
  const known = toTraits(evidence)
  const traits: Traits = { ...known, os: findOperatingSystem(evidence.os ?? '', known) }

  return (
    findType(BY_MODEL, traits) ??
    BY_SYSTEM.get(traits.os) ??
    findType(BY_WORDS, traits) ??
    findType(BY_SOURCE, traits) ??
    findType(BY_LAYERS, traits) ??
    'Unknown'
  )
}

/**
 * Collects the evidence of an observation. A hint outranks the claim of the same fact, because the claim is made for
 * people ("Catalyst 9300") and the hint is the word of the source ("C9300-48P"). Of several hints of one kind the
 * first counts.
 */
export function toEvidence(
  hints: readonly ClassificationHint[] | undefined,
  claims: Pick<Claims, 'vendor' | 'model' | 'firmwareVersion'>
): Evidence {
  const hinted = (kind: ClassificationHint['kind']) => hints?.find((hint) => hint.kind === kind)?.value

  return {
    vendor: hinted('vendor') ?? claims.vendor,
    model: hinted('model') ?? claims.model,
    os: hinted('os'),
    sysDescr: hinted('sys_descr'),
    sysObjectId: hinted('sys_object_id'),
    sourceType: hinted('source_type'),
    layers: hinted('layers'),
    version: claims.firmwareVersion,
  }
}
