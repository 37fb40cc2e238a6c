import { type SureTable } from './sure_system.js'

/** Operating systems that run on one kind of power, cooling or monitoring equipment only. */
export const SURE_FACILITY: SureTable = {
  UPS: `
    abbups algcom-dc-ups apc-mgeups dell-ups deltaups eaton-mgeups eatonups eatonupsm2 fxm gamatronicups ge-ups
    generex-ups hpe-rtups huaweiups logmaster marathonups netagent2 netmanplus netvision-rfc orvaldi-ups powerwalker
    powerwalker-vfi remoteye4 sinetica socomec-ups vertiv-ita2 webpower webpower-smart2 riello powerware mge tripplite`,
  PDU: `
    apc-cpdu apc-epdu atenpdu chatsworth-pdu conteg-pdu dell-rpdu digipower digital-loggers dpi e3meter eatonpdu enlogic-pdu
    fs-net-pdu geist-pdu gude-epc hpe-ipdu hpe-mapdu hpe-pdumm iboot ict-pdu ipoman mgepdu panduit planet-pdu rnx-updu
    schleifenbauer sentry3 sentry4 socomec ts-bspdu vertiv-pdu westmountainradio wti-mpc wti-power`,
  Power: `
    ats bke cetpower commander-plus compas cxc cxrc e3meterdc eaton-ats eaton-matrix eaton-sc200 eaton-sc300
    edgeos-ep ees eltek-webpower enexus ets exeltech-xfersw gepulsar himoinsa-gensets ict-mps ict-psu ict-swi
    imcopower-big imcopower-ls110 istars janitza janitza-umg96 microsemipdsine morningstar-mppt morningstar-pwm mts-com
    netsure powerlogic samlex supercap tpdin tpdin3 unifi-usp valere vertiv-dcs`,
  Environment: `
    akcp algcom-sm aos-emu2 apc-inrow apc-netbotz avtech controlbox dantherm-os eds geist-watchdog gude-esb hwg-perseus
    hwg-poseidon hwg-ste hwg-ste2 hwg-wld interseptor minkelsrms netbotz netguardian nti packetpower-eg panduit-eagle papouch-quido
    papouch-tme pcoweb pcoweb-rittal-lcp-3311 pcoweb-rittalchiller raritan-emx rittal-cmc rittal-lcp scs-ks
    sensatronics-em1 sensatronics-ittm serverscheck siteboss siteboss360 siteboss550 siteboss571 siteboss572
    sitemonitor sitemonitor3 snr-erd spectracool stulz teracom uniping vutlan webmon websensor wut wxgoos`,
}
