// A basket goes back to the buyer's system without a further press; where scripts are off there is a button.
for (const form of document.querySelectorAll("form[data-submit-now]")) {
  form.submit();
}
