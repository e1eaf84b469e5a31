-- ends with: source-empty

