using System.Net;

namespace GateAction.GitHub.Api;

/// <summary>An answer that says the call was done.</summary>
/// <param name="Next">The address of the next page, from the <c>Link</c> header.</param>
internal sealed record ApiResponse(HttpStatusCode Status, ReadOnlyMemory<byte> Body, string? Next);
