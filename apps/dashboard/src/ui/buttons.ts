/** The styles of buttons and inputs. Disabled ones keep enough contrast to be read. */
const button =
  'inline-flex min-h-9 items-center justify-center gap-1.5 rounded-lg px-3 py-1.5 font-medium whitespace-nowrap disabled:cursor-not-allowed'

export const primaryButton = `${button} bg-accent text-panel hover:opacity-90 disabled:bg-quiet-soft disabled:text-quiet disabled:opacity-100`

export const secondaryButton = `${button} border border-line bg-panel text-ink hover:bg-quiet-soft disabled:bg-quiet-soft disabled:text-quiet`

export const quietButton = `${button} text-soft hover:bg-quiet-soft hover:text-ink disabled:text-quiet`

export const textInput =
  'min-h-9 w-full rounded-lg border border-edge bg-panel px-2.5 py-1.5 text-ink'
