import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

// A package's `exports` name its TypeScript sources here, which `npm pack` and `npm publish` in its folder would not change.

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = relative(root, process.cwd()).replaceAll('\\', '/')
console.error(
  `pack it with \`npm run pack-library -- ${folder}\`, and publish the tarball that this writes`,
)
process.exit(1)
