import { Secret } from '@adonisjs/core/helpers'
import { test } from '@japa/runner'
import { neededBeside, secretNeededBeside } from '#start/environment/credential'
import { readableFile } from '#start/environment/readable_file'
import { sourceUrl } from '#start/environment/source_url'
import { certificatePath } from './peer.js'

const URL = 'LAIM_TEST_ACME_URL'

test.group('Variables of a source', (group) => {
  group.each.teardown(() => {
    delete process.env[URL]
  })

  test('a URL needs its credentials, and without it none are needed', ({ assert }) => {
    const user = neededBeside(URL)
    const token = secretNeededBeside(URL)

    assert.isUndefined(user('ACME_USER', undefined))
    assert.isUndefined(token('ACME_TOKEN', undefined))

    process.env[URL] = 'https://nms.example.org'

    assert.throws(() => user('ACME_USER', undefined), `ACME_USER is not set, but ${URL} is. Example: ACME_USER=laim`)
    assert.throws(() => token('ACME_TOKEN', undefined), /ACME_TOKEN is not set.*=the-secret-made-there$/)
    assert.equal(user('ACME_USER', 'laim'), 'laim')
    assert.instanceOf(token('ACME_TOKEN', 'tok-123456'), Secret)
  })

  test('a file must be readable, from wherever the process started', ({ assert }) => {
    const path = certificatePath('authority.pem')

    assert.equal(readableFile('ACME_CA_FILE', path), path)
    assert.isUndefined(readableFile('ACME_CA_FILE', undefined))
    assert.throws(() => readableFile('ACME_CA_FILE', '/no/such.pem'), /ACME_CA_FILE: \/no\/such\.pem cannot be read/)
  })

  test('S13: a URL is http or https, without credentials, and not of a metadata service', ({ assert }) => {
    assert.equal(sourceUrl('ACME_URL', 'http://10.0.0.5:8080/nms'), 'http://10.0.0.5:8080/nms')
    for (const url of ['nms', 'ftp://nms', 'http://a:b@nms', 'http://169.254.169.254']) {
      assert.throws(() => sourceUrl('ACME_URL', url), /^ACME_URL .*Example: ACME_URL=/)
    }
  })
})
