import { Secret } from '@adonisjs/core/helpers'
import { SourceError, type AnySourcePlugin, type ValidationFault } from '@laim/sdk'
import type { SettingValue } from './define_config.js'

/** Settings that a plugin accepted. */
export interface AcceptedSettings {
  /** What the plugin is given: validated, secrets wrapped in `Secret`. */
  readonly config: Readonly<Record<string, unknown>>
  readonly secrets: readonly string[]
  readonly fingerprint: string
}

/**
 * Holds the settings of a source against its plugin's validator.
 *
 * @throws SourceError `config`: one sentence that names each variable and what is wrong with it, never its value
 */
export async function acceptSettings(
  source: string,
  plugin: AnySourcePlugin,
  settings: Readonly<Record<string, unknown>>
): Promise<AcceptedSettings> {
  const { validator, secrets: secretKeys } = plugin.config
  const [error, output] = await validator.tryValidate(toPlain(settings))
  if (error) {
    throw configError(source, plugin, error.messages)
  }

  const config: Record<string, unknown> = { ...output }
  const secrets: string[] = []
  for (const key of secretKeys) {
    const value = config[key]
    if (typeof value === 'string') {
      secrets.push(value)
      config[key] = new Secret(value)
    }
  }
  return { config: Object.freeze(config), secrets, fingerprint: plugin.config.fingerprint(config as never) }
}

/** The name by which an administrator knows a setting: its variable, or its key. */
export function settingName(plugin: AnySourcePlugin, key: string): string {
  return plugin.config.env?.[key] ?? key
}

/** True for a value that says something. */
export function isSet(value: SettingValue | unknown): boolean {
  return toPlainValue(value) !== undefined
}

function toPlain(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings)
      .map(([key, value]) => [key, toPlainValue(value)] as const)
      .filter(([, value]) => value !== undefined)
  )
}

function toPlainValue(value: unknown): unknown {
  const plain = value instanceof Secret ? value.release() : value
  return plain === '' || plain === null ? undefined : plain
}

function configError(source: string, plugin: AnySourcePlugin, faults: readonly ValidationFault[]): SourceError {
  const address = settingName(plugin, 'baseUrl')
  const sentences = faults.map(({ field, rule, message }) => {
    const name = settingName(plugin, field)
    return rule === 'required' ? `${name} is not set, but ${address} is` : `${name}: ${message}`
  })
  return new SourceError({
    kind: 'config',
    code: 'E_SOURCE_SETTINGS',
    message: `the source "${source}" cannot be used: ${sentences.join('; ')}`,
  })
}
