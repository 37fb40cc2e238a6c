import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { parse } from 'yaml'

interface ComposeService {
  readonly image: string
  readonly command?: readonly string[]
  readonly container_name?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly secrets?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly depends_on?: Readonly<Record<string, { condition: string }>>
  readonly healthcheck?: { test?: readonly string[]; disable?: boolean }
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, { file: string }>>
}

export function readComposeFile(path = 'docker-compose.yml'): ComposeFile {
  return parse(readFileSync(app.makePath(path), 'utf8'), { merge: true }) as ComposeFile
}

/** `${NAME:-default}` as Compose replaces it: by the variable, or by the default where that is not set or empty. */
export function interpolate(text: string, variables: Readonly<Record<string, string>> = {}): string {
  return text.replaceAll(
    /\$\{(\w+)(?::-([^}]*))?\}/g,
    (_all, name: string, fallback = '') => variables[name] || fallback
  )
}
