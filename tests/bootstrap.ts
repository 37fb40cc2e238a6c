import { authApiClient } from '@adonisjs/auth/plugins/api_client'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { sessionApiClient } from '@adonisjs/session/plugins/api_client'
import { shieldApiClient } from '@adonisjs/shield/plugins/api_client'
import { apiClient } from '@japa/api-client'
import { assert } from '@japa/assert'
import { browserClient } from '@japa/browser-client'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import { dot } from '@japa/runner/reporters'
import type { Config } from '@japa/runner/types'
import { launchBrowser } from '#tests/helpers/browser'
import { DrainingServer } from '../bin/draining_server.js'
import { migrateDatabase } from '#tests/helpers/database'
import { checkAnswers } from '#tests/helpers/described_answers'
import { summaryReporter } from '#tests/helpers/summary_reporter'

/** Suites whose tests speak HTTP with a server in this process. */
const SUITES_WITH_SERVER = ['functional', 'browser', 'system']

export const plugins: Config['plugins'] = [
  assert(),
  pluginAdonisJS(app),
  apiClient(),
  sessionApiClient(app),
  shieldApiClient(),
  authApiClient(app),
  browserClient({ runInSuites: ['browser'], launcher: launchBrowser }),
]

/** A task that runs suites wants their counts in a file, and few lines from what passes. */
const summaryFile = process.env.LAIM_TEST_SUMMARY

export const reporters: Config['reporters'] = summaryFile
  ? { activated: ['dot', 'summary'], list: [dot(), summaryReporter(summaryFile)] }
  : { activated: ['spec'] }

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [migrateDatabase, checkAnswers],
  teardown: [],
}

export const configureSuite: Config['configureSuite'] = (suite) => {
  if (SUITES_WITH_SERVER.includes(suite.name)) {
    suite.setup(() => testUtils.httpServer().start((handle) => new DrainingServer().serve(handle)))
  }
}
