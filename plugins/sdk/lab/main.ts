import type { LabDevice } from './device.ts'

export type {
  LabDevice,
  LabInterface,
  LabMember,
  LabOddity,
  LabView,
  LabViews,
} from './device.ts'

export interface LabOptions {
  /** Same seed, same lab, in every process. */
  readonly seed?: number
  /** How many devices; at least the hard cases are always there. */
  readonly devices?: number
}

/** Makes the simulated campus: the same devices in the same order for the same options. */
export function makeLab(_options: LabOptions = {}): LabDevice[] {
  return []
}
