/**
 * Loaded before the gateway: its wall clock starts with the offset `CHAOS_CLOCK_OFFSET_MS`, and each SIGUSR2 changes the offset to the next of
 * `CHAOS_CLOCK_JUMPS_MS`. Timers are not affected, as when a real clock is changed.
 */

const RealDate = Date
let offsetMs = Number(process.env['CHAOS_CLOCK_OFFSET_MS'] ?? 0)
const jumps = (process.env['CHAOS_CLOCK_JUMPS_MS'] ?? '').split(',').map(Number)

globalThis.Date = new Proxy(RealDate, {
  construct: (target, parameters) =>
    parameters.length === 0
      ? new target(target.now() + offsetMs)
      : Reflect.construct(target, parameters),
  get: (target, name, receiver) =>
    name === 'now' ? () => target.now() + offsetMs : Reflect.get(target, name, receiver),
})

process.on('SIGUSR2', () => {
  offsetMs = jumps.shift() ?? 0
})
