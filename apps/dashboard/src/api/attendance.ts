import { now } from '../clock.ts'

const attendedMs = 60_000
let touchedAt = now()

const notice = () => {
  touchedAt = now()
}

/** Begins to observe whether somebody uses the page. */
export function noticePeople(): void {
  for (const kind of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'click'])
    addEventListener(kind, notice, { capture: true, passive: true })
}

/** For requests that a page makes by itself. */
export const unattended: Readonly<Record<string, string>> = { 'x-unattended': '1' }

/** A header that says that nobody has touched this page for a minute, so that its own refreshes keep no session open. */
export const attendance = (): Record<string, string> =>
  now() - touchedAt > attendedMs ? unattended : {}
