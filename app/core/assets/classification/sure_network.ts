import { type SureTable } from './sure_system.js'

/** Operating systems that run on one kind of network equipment only. Ids as in operating_system.ts. */
export const SURE_NETWORK: SureTable = {
  'Switch': `
    3com alaxala arista-mos arista_eos arubaos-cx binos binox bnt boss cat1900 catos ciena-saos ciena-sds cnmatrix cnos
    cts ctcu cumulus dcn-software dell-os10 dell-sonic dlink-dgs1250 dnos edgecos eltex-mes21xx eltex-mes23xx
    eltex-mes24xx etherwan exalink-fusion extremeware fabos fiberhome-switch fibrolan-falcon fortiswitch foundryos
    fs-centec fs-gbn fs-switch fs-switch-dc ftos fujitsupyos fusion grandstream-sw hiveos-network hpvc hyperion ibmnos
    ibos ifotec jetstream juniperex2500os kti lcossx linksys-ss mellanox merakims microsens-g6 netonix nexans nos ntron
    nxos ocnos parks-switch pbn phybridge-flex picos powerconnect qtech quanta sanos snr supermicro-switch transition
    trendnet voss weos witchos xos yunshan sonic`,
  'Router': `
    applicationsware asuswrt-merlin benuos bintec-beip-plus bintec-smart bison ciscosrp cnpilotr dd-wrt ericsson-ipos
    flexbng fortiextender freshtomato fusionhub icr-os iosxr junose keeneticos netmodule netopia oneaccess openwrt
    pepwave pktj prestige rutos rutos-2xx rutos-otd rutos-rutm rutos-rutx seos speedtouch teldat tgos timos tomato
    velocloud viprinux viptela vyatta vyos wipipe`,
  'Optical': `
    adva-alm adva-aos adva_fsp3kr7 alpineoe-tdcmedfa bktel-oa ciena-rls ciena-waveserver coriant cubo cyan
    dxmos edfa edfamux ekinops fibernet-xmux4-plus fs-nmu gw-eydfa infinera-groove infinera-pon infinera-xtm ionos iqnos
    lambdatrail montclair-edfa mpb-srp mrv-od mrvld neptune nokia-1830 ons packetlight pandacom smartos
    smartos-dcp-m smartos-t`,
  'Access': `
    arris-c3 arris-c4 arris-cm axos bcm963 calix cdata ciscoepc dkt edgeosolt eltex-olt exa fiberhome gam gwd hatteras
    icotera ies ies5000 ies52xxM loop-telecom motorola-cm nokia-isam occamos paradyne pbn-cp rad-rici slms
    smartax smartax-mdu tailyn thomson-cm topvision ubiquoss-pon ulaf vsolution zmtel zxa10 zxdsl`,
  'Firewall': `
    asa barracudangfirewall cips cyberoam-utm endian fireware forcepoint forcepoint-fe ftd fxos gaia merakimx mlos-nsp
    monowall ns-bsd opnsense osag panos pfsense pixos pulse screenos secureplatform sonicwall sophos sophos-xg stoneos
    voswall zywall zyxelusg ipfire`,
  'Load Balancer': `
    acsw aloha arrayos barracudaloadbalancer f5 f5os fortiadc kemp loadbalancer netscaler serveriron`,
  'WAP': `
    airport allied-tq altalabs-ap aruba-instant ciscowap cnpilote dlinkap fortiap grandstream-ap hiveos-wireless infinity
    lcoslx merakimr moxa-awk rajant ruckuswireless-hotzone ruckuswireless-unleashed stellar symbol xirrus_aos zyxelnwa
    aironet orinoco`,
  'Wireless Bridge': `
    airos-af airos-af-ltu airos-af60 albentiaaos alcoma-almp alfo80hd apex-lynx apex-plus aprisa aviat-wtm breeze ceraos
    cnwave60 deliberant epmp ericsson-6600 ericsson-ml ericsson-tn extendair harmony-enhanced helios horizon-compact
    horizon-compactplus horizon-duo horizon-quantum huawei-optixrtn ligoos mimosa mni pmp ptp250 ptp500 ptp600 ptp650
    ptp670 ptp800 radwin ray ray3 saf saf-cfm saf-integra-b saf-integra-e saf-integra-w saf-integra-x siklu siklu-mhtg
    sm-os sub10 tachyon tranzeo vubiq wavence wis-bridge`,
  'Wireless Controller': `
    ciscowlc ewc fortiwlc juniper-mss ruckuswireless ruckuswireless-sz zyxelac zyxelwlc trapeze`,
}
