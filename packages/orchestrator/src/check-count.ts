/** @throws {RangeError} naming the option, its value and what is allowed */
export function checkCount(name: string, value: number): void {
  if (!(Number.isInteger(value) && value > 0)) {
    throw new RangeError(`${name} must be a positive integer, got ${value}`)
  }
}
