import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { uploadCsv } from '#tests/helpers/csv_upload'
import { assertProblem } from '#tests/helpers/problem'

const MEGABYTE = 1024 * 1024

test.group('A large file', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('is read when it is larger than other bodies may be', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const file = Buffer.concat([Buffer.from('nope\n'), Buffer.alloc(25 * MEGABYTE, 'a,b\n')])

    const response = await uploadCsv(client, token, file)

    assertProblem(assert, response, { status: 422, code: 'E_IMPORT_REFUSED' })
    assert.equal(response.body().errors[0].rule, 'unknown')
  })

  test('is refused with its line when it has more than a million rows', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const file = Buffer.concat([Buffer.from('asset_tag\n'), Buffer.alloc(2 * 1_000_001, 'a\n')])

    const response = await uploadCsv(client, token, file)

    assertProblem(assert, response, { status: 422, code: 'E_IMPORT_REFUSED' })
    assert.containsSubset(response.body().errors, [{ rule: 'rows', line: 1_000_002 }])
  }).timeout(120_000)

  test('is refused above 100 MB', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    const response = await uploadCsv(client, token, Buffer.alloc(100 * MEGABYTE + 1, 'a,b\n'))

    assertProblem(assert, response, { status: 413, code: 'E_REQUEST_TOO_LARGE' })
  })
})
