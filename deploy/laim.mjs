#!/usr/bin/env node
/*
| What a container and the systemd units run, and what an operator types there. `laim help` says how.
*/
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSecretFiles } from './secret_files.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** A database server that starts beside us may need as long as this, in seconds. */
const DATABASE_PATIENCE = 25
const HEALTH_PATIENCE_MS = 5_000

const HELP = `Usage:
  laim                  set up, then the web server and one worker
  laim web              set up, then the web server alone
  laim worker           one worker alone
  laim health           exit code 0 if the web server of this machine can serve
  laim <command> …      any command of LAIM; \`laim list\` shows them
`

const ROLES = { all: serveAll, web: serveWeb, worker: work, health: reportHealth, help: () => console.log(HELP.trim()) }

process.env.NODE_ENV ??= 'production'
readSecretFiles(process.env)
const [role = 'all', ...args] = process.argv.slice(2)
await (Object.hasOwn(ROLES, role) ? ROLES[role]() : runCommand(role, ...args))

async function serveAll() {
  await setUp()
  const { Supervisor } = await import('../bin/tasks/supervisor.mjs')
  new Supervisor(process.env).start()
}

async function serveWeb() {
  await setUp()
  await import('../build/bin/server.js')
}

function work() {
  return runCommand('sync:work')
}

/** In this process, so that signals reach what they are meant for. */
async function runCommand(...words) {
  process.argv = [process.argv[0], 'laim', ...words]
  await import('../build/ace.js')
}

/**
 * Schema, item types, rooms and first superuser; ends this process when that fails, with the lines that say why. When it is
 * told to end, so does the set-up, at once: it is one transaction.
 */
function setUp() {
  const child = spawn(process.execPath, ['build/ace.js', 'setup', `--wait=${DATABASE_PATIENCE}`], {
    cwd: resolve(ROOT),
    stdio: 'inherit',
  })
  let isTold = false
  const end = () => {
    isTold = true
    child.kill('SIGKILL')
  }
  process.on('SIGTERM', end).on('SIGINT', end)
  return new Promise((done) => {
    child.on('exit', (code) => {
      process.off('SIGTERM', end).off('SIGINT', end)
      if (isTold || code !== 0) {
        process.exit(isTold ? 0 : (code ?? 1))
      }
      done()
    })
  })
}

async function reportHealth() {
  const url = `http://127.0.0.1:${process.env.APP_PORT || 8000}/health`
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(HEALTH_PATIENCE_MS) })
    console.log(await answer.text())
    process.exitCode = answer.ok ? 0 : 1
  } catch (error) {
    console.error(`laim: ${url} does not answer: ${error.cause?.code ?? error.message}`)
    process.exitCode = 1
  }
}
