import chromium from '@sparticuz/chromium'

/** Before any worker: two that unpack the browser into the folder of this run at the same time would start a file that is still written. */
export async function setup(): Promise<void> {
  await chromium.executablePath()
}
