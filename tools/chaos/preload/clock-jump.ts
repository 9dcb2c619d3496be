/**
 * Loaded before the gateway: its wall clock starts wrong by `CHAOS_CLOCK_OFFSET_MS`, and each SIGUSR2 sets it to the next of
 * `CHAOS_CLOCK_JUMPS_MS`. Timers go on as they do when a real clock is set.
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
