import testUtils from '@adonisjs/core/services/test_utils'

/** Brings the empty database of the run to the newest schema. */
export async function migrateDatabase() {
  await testUtils.db().migrate()
}
