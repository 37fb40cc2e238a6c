import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InvalidValue } from '#core/assets/errors'

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const LONGEST = 40

/**
 * Makes the folder of a new plugin: the living example of the contract, under another name. Its simulator serves devices
 * that it reads at once, so that the first thing to do is to replace, not to begin.
 */
export class ScaffoldSource {
  /** Answers the files it wrote, below `pluginsPath`. @throws InvalidValue of `name`, also if the folder is there */
  async handle(name: string, pluginsPath: string): Promise<string[]> {
    if (!ID.test(name) || name.length > LONGEST || name === 'sdk') {
      throw new InvalidValue('name', `"${name}" is no id of a source: lower-case words joined by hyphens`, 'id')
    }
    const folder = join(pluginsPath, name)
    if (await stat(folder).catch(() => null)) {
      throw new InvalidValue('name', `There is a folder ${folder} already: choose another name`, 'unique')
    }
    const example = join(pluginsPath, 'sdk/scaffold')
    const found = await readdir(example, { recursive: true, withFileTypes: true })
    const files = found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(example.length + 1))
      .sort()
    for (const file of files) {
      const text = await readFile(join(example, file), 'utf8')
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), rename(text, name), { flag: 'wx' })
    }
    return files.map((file) => join(name, file))
  }
}

function rename(text: string, id: string): string {
  const words = id.split('-')
  const pascal = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
  return text
    .replaceAll('.lab.example', '.lab.test-domain')
    .replaceAll('EXAMPLE', id.toUpperCase().replaceAll('-', '_'))
    .replaceAll('Example', pascal)
    .replaceAll(/\bexample\b/g, id)
    .replaceAll('.lab.test-domain', '.lab.example')
}
