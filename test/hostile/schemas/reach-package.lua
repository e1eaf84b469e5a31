-- ends with: schema-not-a-table
package.loaded.x = 1
