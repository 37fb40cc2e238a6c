import { isAbsolute, resolve } from 'node:path'

export type DatabaseSettings =
  | { dialect: 'sqlite'; filename: string }
  | { dialect: 'postgres'; connection: { connectionString: string } | PostgresServer }

interface PostgresServer {
  host: string
  port: number
  user: string
  password: string | undefined
  database: string
}

type Variables = Record<string, string | undefined>

const EXAMPLES =
  'Examples: DATABASE_URL=sqlite:storage/laim.sqlite3, DATABASE_URL=postgres://laim:secret@db.example.org/laim'

/**
 * Which database the variables select: DATABASE_URL first, then PostgreSQL
 * when POSTGRES_HOST or POSTGRES_PASSWORD is set, else the SQLite file
 * `storage/laim.sqlite3` under `home`, where relative paths start.
 *
 * Throws one sentence, without the value: it may hold a password.
 */
export function readDatabaseSettings(variables: Variables, home: string): DatabaseSettings {
  const url = variables.DATABASE_URL
  if (url) {
    return fromUrl(url, home)
  }
  if (variables.POSTGRES_HOST || variables.POSTGRES_PASSWORD) {
    return fromParts(variables)
  }
  return { dialect: 'sqlite', filename: resolve(home, 'storage/laim.sqlite3') }
}

function fromUrl(url: string, home: string): DatabaseSettings {
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
    if (path === '' || path === ':memory:' || path.startsWith('//')) {
      throw new Error(`DATABASE_URL must name a file after "sqlite:". ${EXAMPLES}`)
    }
    return { dialect: 'sqlite', filename: isAbsolute(path) ? path : resolve(home, path) }
  }
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) {
    return { dialect: 'postgres', connection: { connectionString: url } }
  }
  throw new Error(`DATABASE_URL must begin with "sqlite:" or "postgres://". ${EXAMPLES}`)
}

function fromParts(variables: Variables): DatabaseSettings {
  const port = Number(variables.POSTGRES_PORT ?? 5432)
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error('POSTGRES_PORT must be a port number from 1 to 65535. Example: POSTGRES_PORT=5432')
  }
  return {
    dialect: 'postgres',
    connection: {
      host: variables.POSTGRES_HOST ?? '127.0.0.1',
      port,
      user: variables.POSTGRES_USER ?? 'laim',
      password: variables.POSTGRES_PASSWORD,
      database: variables.POSTGRES_DB ?? 'laim',
    },
  }
}
