interface Kept {
  readonly value: string
  readonly attributes: string
}

/** Follows redirects and keeps cookies, by host and port, as a browser does. */
export class ABrowser {
  readonly #jars = new Map<string, Map<string, Kept>>()
  /** What it sends with every request. */
  readonly headers: Record<string, string> = {}
  /** Whether it keeps cookies. */
  keeps = true

  /** One request, without following a redirect. */
  async get(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url)
    const jar = this.#jars.get(origin) ?? new Map<string, Kept>()
    this.#jars.set(origin, jar)
    const cookie = [...jar].map(([name, { value }]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...this.headers, ...(cookie === '' ? {} : { cookie }), ...init.headers },
    })
    if (this.keeps) for (const line of response.headers.getSetCookie()) keep(jar, line)
    return response
  }

  /** Returns the addresses visited. The last one was answered without a redirect, or was not requested because `stop` says so. */
  async follow(
    start: string,
    stop: (url: string) => boolean = () => false,
  ): Promise<{ readonly urls: readonly string[]; readonly response: Response | undefined }> {
    const urls = [start]
    for (let url = start; urls.length < 20; urls.push(url)) {
      if (stop(url)) return { urls, response: undefined }
      const response = await this.get(url)
      const location = response.headers.get('location')
      if (location === null) return { urls, response }
      await response.body?.cancel()
      url = new URL(location, url).href
    }
    throw new Error('too many redirects')
  }

  /** `Set-Cookie` lines of an origin's cookies, as they were last set. */
  cookies(origin: string): ReadonlyMap<string, string> {
    return new Map(
      [...(this.#jars.get(origin) ?? [])].map(([name, { attributes }]) => [name, attributes]),
    )
  }

  forget(origin: string, name: string): void {
    this.#jars.get(origin)?.delete(name)
  }
}

function keep(jar: Map<string, Kept>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ')
  const at = pair.indexOf('=')
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
  const expires = attributes.find((one) => one.startsWith('Expires='))?.slice('Expires='.length)
  if (value === '' || (expires !== undefined && Date.parse(expires) <= Date.parse('1971-01-01')))
    jar.delete(name)
  else jar.set(name, { value, attributes: attributes.join('; ') })
}
