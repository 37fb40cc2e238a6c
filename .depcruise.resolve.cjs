/** Teaches dependency-cruiser that `#core/x.js` is `app/core/x.ts`; without it every rule passes in silence. */
module.exports = {
  resolve: {
    extensionAlias: { '.js': ['.ts', '.js'] },
    extensions: ['.ts', '.js', '.json'],
    conditionNames: ['import', 'node', 'default'],
    exportsFields: ['exports'],
  },
}
