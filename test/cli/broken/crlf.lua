return {
  name = "a",
  fields = 5 5
}
