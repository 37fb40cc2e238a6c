import { type SureTable } from './sure_system.js'

/** Operating systems that run on one kind of server, store, printer, telephone or broadcast equipment only. */
export const SURE_SYSTEMS: SureTable = {
  Server: `
    acs aix apic bluecatnetworks broadworks cimc clearpass dhcpatriot drac fujitsu-irmc halon hpe-ilo ibm-i ibm-imm ibmc
    ise metaview mirth msl netware nios nutanix-aos openvms oracle-ilom powercode primeinfrastructure proxmox
    recoveryos solidserver supermicro-bmc supervyse-openbmc vmware-esxi vmware-vcsa xclarity hpux`,
  Storage: `
    areca bdt-flexstor buffalo celvin datadomain ddnos dell-compellent dell-powervault dsm equallogic eurostor exagridos
    exos flareos fluidfs fujitsueternusos hpe-msa hpe-msl ibmtl informos infortrend intelliflash lenovoemc magnum netapp
    nimbleos oceanstor onefs open-e powervault purestorage qnap quantastor quantum rubrik svos truenas truenas-scale`,
  Printer: `
    brother canonprinter dell-laser developprinter epson fujifilmprinter gestetner jetdirect konica kyocera lanier
    lexmarkprinter nrg okilan ricoh samsungprinter savin sharp toshiba-tec tsc utax xerox zebra`,
  Console: `
    airconsole avocent avocent-mp dell-rcs lantronix-slc lantronix-uds moxa-nport opengear opengear-lighthouse
    raritan-kvm trippliteconsole wti-console cyclades`,
  Timing: `
    adva-osa endrun mbg-ltos6 mbg-meinbergos microsemitime orolia-securesync ssu2000 timemachines`,
  Phone: `
    acano allworx_voip ascom audiocodes avaya-ipo ciscospa elg-ipecs-ucp fortivoice grandstream-gxw grandstream-ht
    heliosip innovaphone omnipcx panasonic-ns patton-sn scopia sonus-gsx sonus-sbc tpconductor ucos univerge vcs vega
    zenitel-alphacom zenitel-ipstation zenitel-vsdevice`,
  Media: `
    aaron ardmore-encoder arris-apex arris-d5 arris-dsr4410md avr-hd axisaudio christie-projector ciscosat clickshare
    deva-db7001 ecresofm-os epson-projector ionodes ird luminato netspire profline-sfd protelevision-t1 rs tbs-kylone
    televes-fs terra-receivers vigintos wisi-tangram`,
  Camera: 'hikvision-cam illustra ipolis vivotek',
  NVR: 'dahua-nvr hikvision-nvr',
  Desktop: 'teradici-pcoip',

  // What cannot be put into one type: service edge devices, optimisers, analysers, filters, chassis managers, sites.
  Unknown: `
    adva-fsp150cp adva_fsp150 adva_xg300 aen anue arbos asyncos baicells-od04 barracudaspamfirewall barracudawafirewall
    bats beagleboard bti800 ciscome1200 ciscosce cirpack cmm cmm4 cms ctm cxr-ts dell-ome-m esphome exinda extrahop feos
    fibrolan-metrostar firebrick fortiauthenticator fortimail fortisandbox fortiweb gemds genieatm gigavue gos hpblmos
    hytera ibm-amm inteno jwos mcafeewebgateway mlos-atd mobileiron netscaler-sdwan nitro omnitron-iconverter osm
    packetshaper pegasus primekey primekey-sw procera riverbed seh-uds sgos skyhighwebprotect smartbyte sslvis
    tait-infra93 tait-tnadmin ucopia uhp venturi vos vxoa waas volius axisdocserver epson-scanner`,
}
