import { test } from '@japa/runner'
import { readDatabaseSettings } from '#start/environment/database_settings'
import { excludedAddresses } from '#start/environment/excluded_addresses'
import { flag, integerBetween, numberBetween } from '#start/environment/rules'
import { secretKey, superuserPassword } from '#start/environment/secrets'
import { simulatedLab } from '#start/environment/simulated_lab'
import { sourceUrl } from '#start/environment/source_url'

test.group('Numbers and flags', () => {
  test('a number outside its limits is refused with limits and example')
    .with(['0', '1001', '-1', 'ten', '1e3', '', ' 5', '1.5', 'NaN', 'Infinity'])
    .run(({ assert }, value) => {
      const rule = integerBetween(1, 1000, 10)

      assert.throws(
        () => rule('SYNC_RATE_LIMIT', value),
        /^SYNC_RATE_LIMIT must be a .* 1 to 1000.*SYNC_RATE_LIMIT=10$/
      )
    })

  test('a number that is not set has its default', ({ assert }) => {
    assert.equal(numberBetween(0.25, 720, 6)('SYNC_INTERVAL_HOURS', undefined), 6)
  })

  test('a fraction of an hour is a number of hours', ({ assert }) => {
    assert.equal(numberBetween(0.25, 720, 6)('SYNC_INTERVAL_HOURS', '0.5'), 0.5)
  })

  test('a flag is read in any of its words', ({ assert }) => {
    assert.isTrue(flag(false)('SYNC_ENABLED', 'TRUE'))
    assert.isFalse(flag(true)('SYNC_ENABLED', '0'))
    assert.throws(() => flag(true)('SYNC_ENABLED', 'maybe'), /true or false, not "maybe"/)
  })
})

test.group('URLs of sources', () => {
  test('private and loopback addresses are where labs are')
    .with(['http://127.0.0.1:5000', 'https://10.0.0.5/netdisco', 'http://[::1]:8080', 'https://nms.example.org'])
    .run(({ assert }, url) => {
      assert.equal(sourceUrl('LIBRENMS_API_URL', url), url)
    })

  test('{reason} is refused')
    .with([
      { reason: 'another protocol', url: 'ftp://nms.example.org', words: /http:\/\/ or https:\/\// },
      { reason: 'a file', url: 'file:///etc/passwd', words: /http:\/\/ or https:\/\// },
      { reason: 'no URL', url: 'nms.example.org', words: /is not a URL/ },
      { reason: 'a metadata address', url: 'http://169.254.169.254/latest', words: /link-local or metadata/ },
      { reason: 'a metadata address as one number', url: 'http://2852039166/', words: /link-local or metadata/ },
      { reason: 'a link-local address', url: 'http://[fe80::1]/', words: /link-local or metadata/ },
      { reason: 'a metadata address mapped to IPv6', url: 'http://[::ffff:169.254.169.254]/', words: /link-local/ },
      { reason: 'a metadata name', url: 'http://metadata.google.internal/', words: /link-local or metadata/ },
    ])
    .run(({ assert }, { url, words }) => {
      assert.throws(() => sourceUrl('LIBRENMS_API_URL', url), words)
      assert.throws(() => sourceUrl('LIBRENMS_API_URL', url), /Example: LIBRENMS_API_URL=https:/)
    })

  test('a password in a URL is refused and not repeated', ({ assert }) => {
    assert.throws(() => sourceUrl('LIBRENMS_API_URL', 'https://me:hush@nms.example.org'), /^((?!hush).)*$/)
  })
})

test.group('The database', () => {
  test('is a file under storage/ when nothing says otherwise', ({ assert }) => {
    assert.deepEqual(readDatabaseSettings({}, '/srv/laim'), {
      dialect: 'sqlite',
      filename: '/srv/laim/storage/laim.sqlite3',
    })
  })

  test('is the file that the URL names')
    .with([
      { url: 'sqlite:/var/lib/laim.sqlite3', filename: '/var/lib/laim.sqlite3' },
      { url: 'sqlite:///var/lib/laim.sqlite3', filename: '/var/lib/laim.sqlite3' },
      { url: 'sqlite:data/laim.sqlite3', filename: '/srv/laim/data/laim.sqlite3' },
    ])
    .run(({ assert }, { url, filename }) => {
      assert.deepEqual(readDatabaseSettings({ DATABASE_URL: url }, '/srv/laim'), { dialect: 'sqlite', filename })
    })

  test('is PostgreSQL when a host or a password is set', ({ assert }) => {
    const byPassword = readDatabaseSettings({ POSTGRES_PASSWORD: 'hush' }, '/srv/laim')

    assert.equal(readDatabaseSettings({ POSTGRES_HOST: 'db' }, '/srv/laim').dialect, 'postgres')
    assert.containsSubset(byPassword, { connection: { host: '127.0.0.1', port: 5432, user: 'laim', database: 'laim' } })
  })

  test('a URL that names no database is refused without repeating it')
    .with(['mysql://root:hush@db/laim', 'sqlite:', 'sqlite::memory:', 'hush'])
    .run(({ assert }, url) => {
      assert.throws(() => readDatabaseSettings({ DATABASE_URL: url }, '/srv/laim'), /^DATABASE_URL must ((?!hush).)*$/)
    })
})

test.group('Excluded addresses', () => {
  test('are addresses, prefixes and blocks', ({ assert }) => {
    const list = '192.0.2.1, 10.20., 10.30,198.51.100.0/24,2001:db8::/32,2001:db8:1:,fe80::1'

    assert.lengthOf(excludedAddresses('LAIM_EXCLUDE_IPS', list), 7)
    assert.deepEqual(excludedAddresses('LAIM_EXCLUDE_IPS', undefined), [])
  })

  test('anything else is named')
    .with(['lab', '10.0.0.0/33', '300.1', '10.0.0.0/8/8', '2001:db8::/129', '1.2.3.4.5', '10.0.0.256'])
    .run(({ assert }, entry) => {
      assert.throws(() => excludedAddresses('LAIM_EXCLUDE_IPS', `192.0.2.1,${entry}`), `"${entry}" is no address`)
    })
})

test.group('Secrets', (group) => {
  group.each.setup(() => {
    const before = process.env.NODE_ENV
    return () => {
      process.env.NODE_ENV = before
    }
  })

  test('a key is required and long enough, and never repeated', ({ assert }) => {
    assert.throws(() => secretKey('APP_KEY', undefined), /^SECRET_KEY is not set/)
    assert.throws(() => secretKey('APP_KEY', 'hush-hush'), /^SECRET_KEY must have at least 32 ((?!hush).)*$/)
  })

  test('a password that documentation printed is refused in production alone', ({ assert }) => {
    process.env.NODE_ENV = 'production'
    assert.throws(() => superuserPassword('SUPERUSER_PASSWORD', 'SuperAdmin123!'), /^SUPERUSER_PASSWORD ((?!123).)*$/)

    process.env.NODE_ENV = 'development'
    assert.equal(superuserPassword('SUPERUSER_PASSWORD', 'SuperAdmin123!')?.release(), 'SuperAdmin123!')
  })
})

test.group('The simulated lab', (group) => {
  group.each.setup(() => {
    const before = { ...process.env }
    return () => {
      process.env = before
    }
  })

  const rule = simulatedLab(['LIBRENMS_API_URL'])

  test('is refused beside {0}')
    .with([
      ['LIBRENMS_API_URL', 'https://nms.example.org'],
      ['DATABASE_URL', 'postgres://laim@db/laim'],
    ] as const)
    .run(({ assert }, [name, value]) => {
      process.env[name] = value

      assert.throws(() => rule('SIMULATED_LAB', 'true'), /^SIMULATED_LAB cannot be used together with .*=false$/)
      assert.isFalse(rule('SIMULATED_LAB', 'false'))
    })

  test('is off unless it is asked for', ({ assert }) => {
    assert.isFalse(rule('SIMULATED_LAB', undefined))
  })
})
