// The scripts of the system, as they were written when it was new.

// Fetches the address of a postal code a moment after it was typed, and writes it beside it.
function lookUpAddress(postal) {
  var address = postal.form.elements["JUSHO"];
  var asked = postal.value;
  address.value = "";
  window.setTimeout(function () {
    var request = new XMLHttpRequest();
    request.open("GET", "address?postal=" + encodeURIComponent(asked), true);
    request.onreadystatechange = function () {
      if (request.readyState != 4 || postal.value != asked) {
        return;
      }
      if (request.responseURL.indexOf("address?") < 0) {
        location.reload(); // the session is over: the page says so
      } else if (request.status == 200) {
        address.value = request.responseText;
      }
    };
    request.send(null);
  }, 300);
}

// Fills a search result in that was still loading when the page came.
function loadResult(wait) {
  window.setTimeout(function () {
    var request = new XMLHttpRequest();
    request.open("GET", "search-result" + location.search, true);
    request.onreadystatechange = function () {
      if (request.readyState == 4 && request.status == 200) {
        document.getElementById("result").innerHTML = request.responseText;
      }
    };
    request.send(null);
  }, wait);
}

// Opens the address search in a window of its own.
function openAddressSearch() {
  window.open("address-search", "jushoKensaku", "width=600,height=460,scrollbars=yes");
}

// Hands the chosen address to the window that asked for it.
function pickAddress(postal, address) {
  var form = window.opener.document.forms["edit"];
  form.elements["YUBIN"].value = postal;
  form.elements["JUSHO"].value = address;
  window.close();
}
