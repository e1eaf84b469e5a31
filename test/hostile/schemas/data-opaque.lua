-- ends with: schema-not-a-table
return require 'somewhere.else'
