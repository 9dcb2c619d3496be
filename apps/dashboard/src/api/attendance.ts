import { now } from '../clock.ts'

const attendedMs = 60_000
let touchedAt = now()

const notice = () => {
  touchedAt = now()
}

/** Begins to notice whether somebody is at the page. */
export function noticePeople(): void {
  for (const kind of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'click'])
    addEventListener(kind, notice, { capture: true, passive: true })
}

/** What a page asks by itself. */
export const unattended: Readonly<Record<string, string>> = { 'x-unattended': '1' }

/** Says with a request that nobody has touched this page for a minute: what it refreshes by itself keeps no session open. */
export const attendance = (): Record<string, string> =>
  now() - touchedAt > attendedMs ? unattended : {}
