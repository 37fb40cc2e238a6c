import { type AssetValues } from '#core/assets/asset'

type Sample = Partial<AssetValues> & { hostname: string; assetType: string; assetTag: string }

/** A small lab of things that no monitoring system sees, to try the console with. All values are invented. */
export const SAMPLE_ASSETS: readonly Sample[] = [
  sample('LAB-LAPTOP-001', 'Laptop', 'Sample Books', 'Folio 14', '2265', 'Desk 1'),
  sample('LAB-LAPTOP-002', 'Laptop', 'Sample Books', 'Folio 14', '2265', 'Desk 2'),
  sample('LAB-LAPTOP-003', 'Laptop', 'Sample Books', 'Folio 16', '2266', 'Desk 1'),
  sample('LAB-DESKTOP-001', 'Desktop', 'Sample Works', 'Tower 5', '2265', 'Desk 3'),
  sample('LAB-DESKTOP-002', 'Desktop', 'Sample Works', 'Tower 5', '2266', 'Desk 2'),
  sample('LAB-TV-001', 'Smart TV', 'Sample Vision', 'Panel 55', '2265', 'North wall'),
  sample('LAB-SERVER-001', 'Server', 'Sample Works', 'Rack 2U', '2266', 'Rack 1'),
  sample('LAB-WAP-001', 'WAP', 'Sample Air', 'Ceiling 6', '2265', 'Ceiling'),
  sample('LAB-ROUTER-001', 'Router', 'Sample Net', 'Edge 100', '2266', 'Rack 1'),
  sample('LAB-SWITCH-001', 'Switch', 'Sample Net', 'Access 24', '2266', 'Rack 1'),
].map((asset, index) => ({
  ...asset,
  assetTag: `SAMPLE-${String(index + 1).padStart(4, '0')}`,
  serialNumber: `SMP26${String(index + 1).padStart(5, '0')}`,
}))

function sample(hostname: string, assetType: string, vendor: string, model: string, room: string, subLocation: string) {
  return { hostname, assetType, vendor, model, room, subLocation }
}
