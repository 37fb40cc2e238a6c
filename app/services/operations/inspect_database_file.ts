import db from '@adonisjs/lucid/services/db'
import { codeOf } from '#database/faults'
import { databaseFile } from './database_file.js'

const RESTORE = 'Stop LAIM and run backup:restore with the newest backup'

/** Null when the SQLite file can be opened, written and is whole; else one sentence. */
export async function inspectDatabaseFile(): Promise<string | null> {
  const file = databaseFile()
  try {
    await tryToWrite()
    const [row]: { quick_check: string }[] = await db.rawQuery('pragma quick_check(1)')
    return row?.quick_check === 'ok'
      ? null
      : `the database ${file} is damaged: ${oneLine(row?.quick_check)}. ${RESTORE}`
  } catch (error) {
    return toSentence(file, error)
  }
}

/** Makes a table and takes it back. */
async function tryToWrite(): Promise<void> {
  const trx = await db.transaction()
  try {
    await trx.rawQuery('create table laim_writes_here (id integer)')
  } finally {
    await trx.rollback()
  }
}

function toSentence(file: string, error: unknown): string {
  const code = codeOf(error)
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return `the database ${file} is damaged: ${(error as Error).message}. ${RESTORE}`
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code)) {
    return `the database ${file} cannot be written: it, and its folder, must belong to the user that runs LAIM (${code})`
  }
  return `the database ${file} cannot be used: ${error instanceof Error ? error.message : code}`
}

function oneLine(text: string | undefined): string {
  return (text ?? 'no answer').replaceAll(/\s+/g, ' ').slice(0, 200)
}
