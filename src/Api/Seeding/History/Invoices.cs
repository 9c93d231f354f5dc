using Platform.Domain.Payables;
using Platform.Domain.Purchasing;

namespace Platform.Api.Seeding.History;

/// <summary>Suppliers charge each company once a quarter for what came; it is compared, agreed to, booked and paid.</summary>
internal sealed class Invoices(Stage stage, Dealings dealings)
{
    private const int MostLines = 900;

    private readonly SortedDictionary<(int Supplier, int Site), List<(PurchaseOrderLineId Line, decimal Quantity, decimal Price)>> _due = [];

    public int Count { get; private set; }

    public void Await(OnItsWay order, IReadOnlyList<Came> came)
    {
        // The first site of each company stands for the company.
        var key = (order.Supplier.Number, stage.Sites.First(site => site.Entity == order.Site.Entity).Number);
        if (!_due.TryGetValue(key, out var due))
        {
            _due.Add(key, due = []);
        }

        due.AddRange(came.Select(one => (one.Line.Id, one.All, one.Line.Article.Price)));
    }

    public async Task ChargeAsync(CancellationToken ct)
    {
        foreach (var ((supplier, site), due) in _due)
        {
            foreach (var lines in due.GroupBy(one => (one.Line, one.Price), (line, ones) => (line.Line, Quantity: ones.Sum(one => one.Quantity), line.Price)).Chunk(MostLines))
            {
                await ChargeAsync(supplier, site, lines, ct);
            }
        }

        _due.Clear();
    }

    private async Task ChargeAsync(
        int supplier, int site, IReadOnlyList<(PurchaseOrderLineId Line, decimal Quantity, decimal Price)> due, CancellationToken ct)
    {
        var entered = await dealings.EnterAsync(
            stage.Sites[site], supplier, $"{SupplierCode.Of(supplier)}-{++Count:0000}",
            [.. due.Select(one => Dealings.Charged(one.Line, one.Quantity, one.Price))], ct);
        if (entered.To == InvoiceStatus.Matched)
        {
            await dealings.PayAsync(await dealings.BookAsync(entered.Invoice, entered.Version, ct), ct);
        }
    }
}
