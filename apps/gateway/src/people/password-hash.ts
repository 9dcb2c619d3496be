import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Bulkhead, BulkheadFullError } from '@authscript/orchestrator'
import { GatewayError } from '../errors.ts'

/** What a hash costs: KiB of memory, passes over it, lanes. */
interface Cost {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

/**
 * About 100 ms and 64 MiB on the machine of the measurements (docs/decisions/0038-people.md).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9106#section-4 — parameter choice
 */
const currentCost: Cost = { memoryKib: 65_536, passes: 2, lanes: 1 }
const saltBytes = 16
const tagBytes = 32

const deriveKey = promisify(argon2)

/** More people sign in at the same moment than passwords can be checked. Nothing was checked; trying again in a moment helps. */
export class SignInBusyError extends GatewayError {
  override readonly name = 'SignInBusyError'
  readonly code = 'sign_in_busy'
  readonly kind = 'transient'

  constructor() {
    super('many people sign in at this moment; try again in a few seconds')
  }
}

/**
 * Passwords as argon2id hashes. They are computed in threads of the system, a few at once: each takes a CPU and 64 MiB, and
 * the others wait, up to `queue`.
 */
export class Passwords {
  readonly #bulkhead: Bulkhead
  readonly #cost: Cost
  /** The hash of no password: with it, an unknown login takes as long as a known one. */
  readonly #decoy: string

  constructor(
    options: { readonly limit?: number; readonly queue?: number; readonly cost?: Cost } = {},
  ) {
    const { limit = 2, queue = 32, cost = currentCost } = options
    this.#bulkhead = new Bulkhead({ limit, queue })
    this.#cost = cost
    this.#decoy = toHash(cost, randomBytes(saltBytes), randomBytes(tagBytes))
  }

  /**
   * `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, as other software writes it too.
   *
   * @throws {SignInBusyError} too many wait
   */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(saltBytes)
    return toHash(this.#cost, salt, await this.#derive(password, salt, this.#cost))
  }

  /**
   * Whether it is the password of `hash`; without a hash it takes as long, and is false.
   *
   * @throws {SignInBusyError} too many wait
   */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const known = parseHash(hash ?? this.#decoy)
    if (known === undefined) return false
    const tag = await this.#derive(password, known.salt, known.cost)
    const isSame = tag.length === known.tag.length && timingSafeEqual(tag, known.tag)
    return hash !== undefined && isSame
  }

  /** Whether a hash was made with other costs than today's. Then it is replaced at the next sign-in, when the password is known. */
  isOutdated(hash: string): boolean {
    const cost = parseHash(hash)?.cost
    const { memoryKib, passes, lanes } = this.#cost
    return cost?.memoryKib !== memoryKib || cost.passes !== passes || cost.lanes !== lanes
  }

  async #derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
    try {
      return await this.#bulkhead.run(() =>
        deriveKey('argon2id', {
          message: Buffer.from(password.normalize('NFKC')),
          nonce: salt,
          memory: cost.memoryKib,
          passes: cost.passes,
          parallelism: cost.lanes,
          tagLength: tagBytes,
        }),
      )
    } catch (error) {
      if (error instanceof BulkheadFullError) throw new SignInBusyError()
      throw error
    }
  }
}

const toHash = ({ memoryKib, passes, lanes }: Cost, salt: Buffer, tag: Buffer) =>
  `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${toBase64(salt)}$${toBase64(tag)}`

const toBase64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')

function parseHash(hash: string) {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash)
  if (found === null) return undefined
  const [, memoryKib, passes, lanes, salt = '', tag = ''] = found
  return {
    cost: { memoryKib: Number(memoryKib), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}
