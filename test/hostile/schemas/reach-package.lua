-- ends with: lua-runtime
package.loaded.x = 1
