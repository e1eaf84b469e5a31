-- ends with: limit-instructions
::again::
goto again
