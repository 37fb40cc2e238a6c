import { chromium, type LaunchOptions } from 'playwright'

/**
 * Starts Chromium: the one that CHROMIUM_PATH names, else the one that npm
 * brought, so that the suite needs nothing of the machine.
 */
export async function launchBrowser(options: LaunchOptions) {
  return chromium.launch({
    ...options,
    executablePath: process.env.CHROMIUM_PATH ?? (await packagedChromium()),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

async function packagedChromium() {
  // Makes the package unpack the system libraries that a bare machine lacks.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs24.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}
