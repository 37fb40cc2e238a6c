import type { AnySourcePlugin, Observation, ObservationPage, SourceManifest } from '../main.ts'

/** One broken rule of the contract. */
export interface ContractFault {
  readonly rule: string
  readonly message: string
}

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const LOOKS_SECRET = /pass|token|secret|community|api_?key/i
const MAX_CHECKPOINT_BYTES = 16 * 1024
const MAX_RAW_BYTES = 32 * 1024

/**
 * Holds a plugin and the pages of one whole read against the rules that types cannot express.
 * An empty list means that none of them is broken.
 */
export function findContractFaults(plugin: AnySourcePlugin, pages: readonly ObservationPage[]): ContractFault[] {
  return [
    ...manifestFaults(plugin),
    ...pageFaults(pages),
    ...pages.flatMap((page) => page.observations).flatMap((seen) => observationFaults(seen, plugin.manifest)),
    ...duplicateFaults(pages),
  ]
}

function manifestFaults({ manifest, config }: AnySourcePlugin): ContractFault[] {
  const faults: ContractFault[] = []
  if (!KEBAB_CASE.test(manifest.id)) {
    faults.push({ rule: 'manifest.id', message: `"${manifest.id}" is not kebab-case` })
  }
  const secrets = new Set<string>(config.secrets)
  for (const key of settingNames(config.validator.toJSONSchema())) {
    if (LOOKS_SECRET.test(key) && !secrets.has(key)) {
      faults.push({ rule: 'config.secrets', message: `"${key}" looks secret and is not declared` })
    }
  }
  return faults
}

function settingNames(schema: unknown): string[] {
  const properties = (schema as { properties?: object } | null)?.properties
  return Object.keys(properties ?? {})
}

function pageFaults(pages: readonly ObservationPage[]): ContractFault[] {
  const faults: ContractFault[] = []
  const finals = pages.filter((page) => page.final)
  if (finals.length !== 1 || !pages.at(-1)?.final) {
    faults.push({ rule: 'page.final', message: `expected it on the last page only, found ${finals.length}` })
  }
  for (const { checkpoint } of pages) {
    if (checkpoint && JSON.stringify(checkpoint).length > MAX_CHECKPOINT_BYTES) {
      faults.push({ rule: 'page.checkpoint', message: 'is larger than 16 KiB' })
    }
  }
  return faults
}

function observationFaults(seen: Observation, { capabilities }: SourceManifest): ContractFault[] {
  const faults: ContractFault[] = []
  const fault = (rule: string, message: string) => faults.push({ rule, message: `${seen.nativeId}: ${message}` })

  if (seen.nativeId.length === 0 || seen.nativeId.length > 255) {
    fault('observation.nativeId', 'must have 1 to 255 characters')
  }
  for (const [field, value] of Object.entries(seen.claims)) {
    if (value === undefined) continue
    if (!capabilities.claims.some((claim) => claim === field)) fault('claims', `${field} is not declared`)
    if (value === '') fault('claims', `${field} is '' (use undefined or null)`)
  }
  for (const { kind } of seen.identifiers) {
    if (!capabilities.identifiers.includes(kind)) fault('identifiers', `${kind} is not declared`)
  }
  if (seen.raw && JSON.stringify(seen.raw).length > MAX_RAW_BYTES) fault('observation.raw', 'is larger than 32 KiB')
  return faults
}

function duplicateFaults(pages: readonly ObservationPage[]): ContractFault[] {
  const seen = new Set<string>()
  const faults: ContractFault[] = []
  for (const { nativeId } of pages.flatMap((page) => page.observations)) {
    if (seen.has(nativeId)) faults.push({ rule: 'observation.nativeId', message: `"${nativeId}" came twice` })
    seen.add(nativeId)
  }
  return faults
}
