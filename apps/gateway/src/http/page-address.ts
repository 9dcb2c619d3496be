import type { FastifyRequest } from 'fastify'

/** Where the browser of this request sees our page, without a slash at the end: `https://gateway.example`. */
export function pageAddress(request: FastifyRequest, publicUrl: string | undefined): string {
  return publicUrl === undefined
    ? `${request.protocol}://${request.host}`
    : new URL(publicUrl).origin
}

const page = 'http://page'

/**
 * A path of our page as browsers read it, encoded for a header; undefined when it leads elsewhere. Browsers leave out tabs
 * and line breaks, so `/\t/` is `//`, which begins the name of another site.
 */
export function pathOnPage(text: string): string | undefined {
  const url = text.startsWith('/') ? URL.parse(text, page) : null
  if (url?.origin !== page || url.pathname.startsWith('//')) return undefined
  return `${url.pathname}${url.search}${url.hash}`
}
