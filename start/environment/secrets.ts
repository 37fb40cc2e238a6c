import { Secret } from '@adonisjs/core/helpers'

const SHORTEST_KEY = 32

/** Passwords that the documentation of LAIM 1.0 printed: anyone may know them. */
const DOCUMENTED_PASSWORDS = new Set(['SuperAdmin123!', 'Admin123!'])

/** The key of cookies, tokens and stored secrets, under the name that AdonisJS reads. */
export function secretKey(_name: string, value?: string) {
  const example = 'Example: SECRET_KEY=$(openssl rand -base64 32)'
  if (!value) {
    throw new Error(`SECRET_KEY is not set; \`npm start\` writes one into .env. ${example}`)
  }
  if (value.length < SHORTEST_KEY) {
    throw new Error(`SECRET_KEY must have at least ${SHORTEST_KEY} characters. ${example}`)
  }
  return new Secret(value)
}

/** Password of the first superuser; undefined lets the set-up generate one. */
export function superuserPassword(name: string, value?: string) {
  if (value === undefined) {
    return undefined
  }
  if (process.env.NODE_ENV === 'production' && DOCUMENTED_PASSWORDS.has(value)) {
    throw new Error(
      `${name} is a password that the documentation prints; leave it out to get a generated one. Example: ${name}=correct-horse-battery-staple`
    )
  }
  return new Secret(value)
}
