import { readFileSync } from 'node:fs'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { defineConfig } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import { BAD_ADDRESS, refusePlainly } from '#exceptions/plain_problem'
import env from '#start/env'

/** Version of LAIM, as package.json says it. */
export const version: string = JSON.parse(readFileSync(app.makePath('package.json'), 'utf8')).version

/** Where people reach the console; decides whether cookies are for HTTPS only. */
export const appUrl = env.get('APP_URL')

/** The path of that address, such as `/laim`, if LAIM shares a host with others; empty if the host is its own. */
export const basePath = new URL(appUrl).pathname.replace(/\/$/, '')

/** Whether browsers are told to ask this host for nothing but HTTPS: what others serve there is theirs to say. */
export const demandsHttps = appUrl.startsWith('https:') && basePath === ''

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: false,
  useAsyncLocalStorage: false,
  trustProxy: env.get('TRUST_PROXY'),
  onBadUrl: (request: IncomingMessage, response: ServerResponse) => refusePlainly(request, response, BAD_ADDRESS),
  // Answers are plain data: nothing in them refers to itself.
  serializeJSON: JSON.stringify,
  // A comma is part of a value: lists come as a repeated parameter.
  qs: { parse: { comma: false } },
  cookie: {
    domain: '',
    path: basePath || '/',
    maxAge: '12h',
    httpOnly: true,
    secure: appUrl.startsWith('https:'),
    sameSite: 'lax',
  },
})
