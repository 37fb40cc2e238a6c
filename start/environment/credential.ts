import { Secret } from '@adonisjs/core/helpers'

/** A setting without which a source whose URL is set cannot be read. */
export function neededBeside(urlVariable: string, example = 'laim') {
  return (name: string, value?: string): string | undefined => {
    if (!value && process.env[urlVariable]) {
      throw new Error(`${name} is not set, but ${urlVariable} is. Example: ${name}=${example}`)
    }
    return value
  }
}

/** The same for a setting that nobody may see. */
export function secretNeededBeside(urlVariable: string) {
  const needed = neededBeside(urlVariable, 'the-secret-made-there')
  return (name: string, value?: string): Secret<string> | undefined => {
    const secret = needed(name, value)
    return secret === undefined ? undefined : new Secret(secret)
  }
}
