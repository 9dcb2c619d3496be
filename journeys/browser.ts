import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/**
 * A real Chromium without traffic of its own. The package's arguments are for a function service: one process for everything, in which
 * contexts share their cookies and a page that hangs takes all others with it. People have a browser of several processes, so we do too.
 */
export async function launchBrowser(...more: readonly string[]): Promise<Browser> {
  return await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--font-render-hinting=none',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
    headless: true,
  })
}
