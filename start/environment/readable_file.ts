import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'

/** Path of a file that must be readable at the start; relative paths begin at the folder of `.env`. */
export function readableFile(name: string, value?: string): string | undefined {
  if (value === undefined) {
    return undefined
  }
  const path = resolve(process.env.ENV_PATH ?? process.cwd(), value)
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw new Error(`${name}: ${path} cannot be read. Example: ${name}=/etc/ssl/certs/lab-authority.pem`)
  }
  return path
}
