import { flag } from '#start/environment/rules'

/**
 * Whether simulated sources stand in for real ones. They are refused beside a
 * real source's URL and on PostgreSQL, where invented devices would end up in
 * a real inventory.
 */
export function simulatedLab(urlsOfSources: readonly string[]) {
  return (name: string, value?: string): boolean => {
    const simulated = flag(false)(name, value)
    if (!simulated) {
      return false
    }

    const onPostgres = [process.env.POSTGRES_HOST, process.env.POSTGRES_PASSWORD].some(Boolean)
    const isPostgresUrl = process.env.DATABASE_URL?.startsWith('postgres')
    const conflict =
      urlsOfSources.find((variable) => process.env[variable]) ??
      (isPostgresUrl || (onPostgres && !process.env.DATABASE_URL) ? 'a PostgreSQL database' : undefined)
    if (conflict) {
      throw new Error(`${name} cannot be used together with ${conflict}. Example: ${name}=false`)
    }
    return true
  }
}
