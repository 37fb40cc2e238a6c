import db from '@adonisjs/lucid/services/db'
import { databaseFile } from './database_file.js'

const RESTORE = 'Stop LAIM and run backup:restore with the newest backup'

/**
 * Null when the SQLite file can be opened, written and is whole; else one sentence. Writing is tried by taking the write
 * lock and giving it back, which changes nothing.
 */
export async function inspectDatabaseFile(): Promise<string | null> {
  const file = databaseFile()
  try {
    await db.rawQuery('begin immediate')
    await db.rawQuery('rollback')
    const [row]: { quick_check: string }[] = await db.rawQuery('pragma quick_check(1)')
    return row?.quick_check === 'ok'
      ? null
      : `the database ${file} is damaged: ${oneLine(row?.quick_check)}. ${RESTORE}`
  } catch (error) {
    return toSentence(file, error)
  }
}

function toSentence(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
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
