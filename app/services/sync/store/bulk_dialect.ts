import { type SqlClient } from './sql_client.js'

/** Column types of a JSON parameter. */
export type JsonColumnType = 'int' | 'text' | 'json' | 'time' | 'bool' | 'bytes'

/**
 * The few places where bulk statements differ between the databases. One JSON parameter carries all rows of a
 * statement: no limit on bound parameters, one plan, one round trip.
 */
export interface BulkSql {
  /** A FROM item named `alias` with these columns, made from one bound JSON array of objects. */
  rows(alias: string, columns: Record<string, JsonColumnType>): string
  /** The same of a JSON array of arrays, each with its values in the order of the columns: read in half the time. */
  tuples(alias: string, columns: Record<string, JsonColumnType>): string
  /** `count` ids that nobody else will get, ascending. Call it inside the writing transaction. */
  allocateIds(client: SqlClient, table: string, count: number): Promise<number[]>
  /** The time `seconds` from now by the database's clock, so that processes on several machines agree about it. */
  clock(seconds?: number): string
}
