import { Secret } from '@adonisjs/core/helpers'
import { Logger } from '@adonisjs/core/logger'
import { test } from '@japa/runner'
import loggerConfig from '#config/logger'

test.group('The log', () => {
  test('has one JSON object a line, and no secret under any of their names or deeper down', ({ assert }) => {
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const logger = new Logger({ ...loggerConfig.loggers.app, level: 'info', destination })

    logger.info(
      {
        password: 'hush',
        key: new Secret('hush'),
        user: { name: 'mira', token: 'hush' },
        request: { headers: { authorization: 'Bearer hush', cookie: 'laim=hush', accept: 'text/html' } },
        device: { community: 'hush', text: 'a\nb\u001b[31m' },
      },
      'said'
    )

    assert.lengthOf(lines, 1)
    assert.notInclude(lines[0], 'hush')
    assert.equal(lines[0]!.trim().split('\n').length, 1)
    assert.containsSubset(JSON.parse(lines[0]!), {
      name: 'laim',
      msg: 'said',
      password: '[redacted]',
      user: { name: 'mira' },
      request: { headers: { accept: 'text/html' } },
    })
  })
})
